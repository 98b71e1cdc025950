// Shows what needs a script where the browser knows passkeys, and says in words when it gave none.
(function () {
  'use strict'
  document.addEventListener('DOMContentLoaded', function () {
    if (window.webauthnJSON && window.webauthnJSON.supported()) {
      document.querySelectorAll('[data-needs-script]').forEach(function (one) { one.hidden = false })
    }
  })
  document.addEventListener('allauth.error', function (event) {
    const problem = document.getElementById('passkey-problem')
    if (problem) {
      event.preventDefault()
      problem.hidden = false
    }
  })
})()
