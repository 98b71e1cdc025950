// The small sum of work that is asked for when very much is sent: a number behind which the SHA-256 of
// `work:number` begins with so many zero bits. In pieces, so that the page stays quick. Without it the
// plain question stands.
"use strict";

const ROUNDS = new Uint32Array(64);
const START = new Uint32Array(8);
{
  // The first primes, from whose roots the constants of the algorithm come (FIPS 180-4).
  let found = 0;
  for (let number = 2; found < 64; number += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) START[found] = (Math.sqrt(number) % 1) * 2 ** 32;
    ROUNDS[found] = (Math.cbrt(number) % 1) * 2 ** 32;
    found += 1;
  }
}

function digest(bytes) {
  const state = START.slice();
  const length = bytes.length;
  const padded = new Uint8Array(((length + 8 >> 6) + 1) << 6);
  padded.set(bytes);
  padded[length] = 0x80;
  new DataView(padded.buffer).setUint32(padded.length - 4, length * 8);
  const view = new DataView(padded.buffer);
  const w = new Uint32Array(64);
  const turn = (value, by) => value >>> by | value << 32 - by;
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(block + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + w[i] | 0;
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
      h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] += value; });
  }
  return state;
}

function zeroBits(state) {
  let bits = 0;
  for (const word of state) {
    bits += Math.clz32(word);
    if (word !== 0) break;
  }
  return bits;
}

const box = document.getElementById("challenge");
if (box) {
  const said = document.getElementById("challenge-state");
  const wanted = Number(box.dataset.bits);
  const coder = new TextEncoder();
  let number = 0;
  said.textContent = box.dataset.busy;
  const work = () => {
    const until = performance.now() + 40;
    while (performance.now() < until) {
      if (zeroBits(digest(coder.encode(`${box.dataset.work}:${number}`))) >= wanted) {
        document.getElementById("challenge-found").value = String(number);
        document.getElementById("challenge-question").hidden = true;
        said.textContent = box.dataset.done;
        return;
      }
      number += 1;
    }
    setTimeout(work, 0);
  };
  work();
}
