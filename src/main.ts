import 'reflect-metadata';
import { tellProblem } from './commandline/output';
import { fieldgateCommands } from './commandline/program';

fieldgateCommands()
  .parseAsync()
  .catch((error: unknown) => tellProblem({ json: process.argv.includes('--json') }, error));
