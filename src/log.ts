import { pino, type Logger } from 'pino';

/** How long a line may wait to be written with others, in milliseconds. */
const LONGEST_WAIT = 50;
/** Characters that are written at once when there are as many. */
const LARGEST_WAIT = 4_096;

/**
 * The log: lines of JSON on the standard error, written in batches, because a system call for each answer costs more than most
 * answers. What waits is written when the process ends; a `kill -9` takes the last moment's lines with it.
 */
export function openLog(level: string): Logger {
  const destination = pino.destination({ dest: 2, sync: false, minLength: LARGEST_WAIT });
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    destination.flush();
  };
  // Not the destination's own periodic flush: it never ends, and writes nothing twenty times a second while nothing is logged.
  const write = (line: string) => {
    destination.write(line);
    timer ??= setTimeout(flush, LONGEST_WAIT).unref();
  };
  return pino({ level, base: null }, { write });
}
