/**
 * Loaded before the built gateway, for the benchmark only: replaces the parts that ask whether the credential is still alive, so
 * that what those cost can be measured. The gateway has no switch for this, and must not get one.
 */
const path = require('node:path');

const dist = path.join(__dirname, '..', '..', 'dist', 'src');
require(path.join(dist, '..', '..', 'node_modules', 'reflect-metadata'));
const { Authenticator } = require(path.join(dist, 'authentication', 'authenticator.js'));
const { LiveReader } = require(path.join(dist, 'authentication', 'live.store.js'));
const { LiveStatement } = require(path.join(dist, 'authentication', 'live-statement.store.js'));

replace(LiveReader, 'judge', () => undefined);

// The query alone, in the form that its readers expect.
replace(LiveStatement, 'of', function plain() {
  this.plain ??= {
    text: `SELECT 1 AS live_version, 1 AS live_present, q.* FROM (${this.dialect === 'sqlite' ? this.query.sql : this.query.text}) q`,
    values: this.query.values,
  };
  return this.plain;
});

// Whoever was let in once is let in without a look from then on.
const { authenticate } = Authenticator.prototype;
const callers = new Map();
async function rememberCaller(proofs) {
  if (!callers.has(proofs.authorization)) callers.set(proofs.authorization, await authenticate.call(this, proofs));
  return callers.get(proofs.authorization);
}
replace(Authenticator, 'authenticate', rememberCaller);
replace(Authenticator, 'assume', async function assume(proofs) {
  return { caller: await rememberCaller.call(this, proofs), isAssumed: false };
});

// A part that is called otherwise by now must not leave enforcement on in silence.
function replace({ name, prototype }, method, replacement) {
  if (typeof prototype[method] !== 'function') throw new Error(`${name} has no ${method} to replace.`);
  prototype[method] = replacement;
}
