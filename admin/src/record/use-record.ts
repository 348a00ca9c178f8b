import { useCallback, useEffect, useState } from 'react';
import { useAsk, type Problem } from '../graphql/outcome';
import { ProcessingRecord, type ProcessingEntry } from './record.operations';

const PAGE = 200;

export interface WholeRecord {
  /** Absent until all of it is there: half a record must not be printed. */
  readonly entries?: readonly ProcessingEntry[];
  /** The moment at which it was all there. */
  readonly at?: string;
  readonly problem?: Problem;
  readonly load: () => void;
}

/** Reads the record page by page to its end. */
export function useRecord(): WholeRecord {
  const ask = useAsk();
  const [record, setRecord] = useState<Omit<WholeRecord, 'load'>>({});
  const load = useCallback(() => {
    const collect = async (): Promise<void> => {
      const entries: ProcessingEntry[] = [];
      let after: string | null = null;
      do {
        const outcome: Awaited<ReturnType<typeof page>> = await page(after);
        if (!outcome.ok) {
          setRecord({ problem: outcome.problem });
          return;
        }
        entries.push(...outcome.data.processingRecord.entries);
        after = outcome.data.processingRecord.endCursor;
      } while (after !== null);
      setRecord({ entries, at: new Date().toISOString() });
    };
    const page = (after: string | null) => ask(ProcessingRecord, { first: PAGE, after });
    setRecord({});
    void collect();
  }, [ask]);
  useEffect(load, [load]);
  return { ...record, load };
}
