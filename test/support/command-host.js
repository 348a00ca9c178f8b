'use strict';

// Runs commands of the built program one after the other, each with an environment and standard streams of its own, in a
// process that has loaded the program before: loading takes longer than most commands do.
const { Readable, Writable } = require('node:stream');
require('reflect-metadata');
const { tellProblem } = require('../../dist/src/commandline/output.js');
const { fieldgateCommands } = require('../../dist/src/commandline/program.js');

/** What commander ends a process with. */
class Ended extends Error {}

process.exit = (code) => {
  process.exitCode = code;
  throw new Ended();
};

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async ({ args, env, input }) => {
  const stdout = replace('stdout', collector());
  const stderr = replace('stderr', collector());
  replace('stdin', Readable.from([Buffer.from(input)]));
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.exitCode = 0;
  try {
    await fieldgateCommands().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Ended)) tellProblem({ json: args.includes('--json') }, error);
  }
  process.send({ code: process.exitCode, stdout: stdout.text, stderr: stderr.text });
  process.exitCode = 0;
});

function replace(name, stream) {
  Object.defineProperty(process, name, { value: stream, configurable: true });
  return stream;
}

function collector() {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      stream.text += String(chunk);
      done();
    },
  });
  stream.text = '';
  return stream;
}
