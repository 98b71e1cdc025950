#!/usr/bin/env bash
# The browser tests need Debian's chromium and a Chinese font. As root on Debian they are installed; anywhere
# else this says plainly what is missing, and the browser tests skip with the same words.
set -u
if command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi cjk; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  command -v chromium >/dev/null 2>&1 || echo "browser tests skipped: chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)"
  exit 0
fi
echo "installing chromium and a Chinese font for the browser tests"
{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 \
  || echo "browser tests skipped: chromium could not be installed"
exit 0
