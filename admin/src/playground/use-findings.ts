import { useGraphiQL, useMonaco, type MonacoEditor } from '@graphiql/react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { checkOperation, type Finding } from './check-operation';
import type { GuardList, Permissions } from './guards';

/** A finding in words. */
export interface ToldFinding extends Finding {
  readonly text: string;
}

type Monaco = NonNullable<ReturnType<typeof useCode>>;
type Model = NonNullable<ReturnType<MonacoEditor['getModel']>>;

const OWNER = 'fieldgate';

/** After the last key, in milliseconds. */
const PAUSE = 150;

/**
 * Checks what stands in the editor, marks there what will be denied, and tells it.
 *
 * @returns undefined while it could not be checked
 */
export function useFindings(guards: GuardList, permissions: Permissions): readonly ToldFinding[] | undefined {
  const schema = useGraphiQL((state) => state.schema);
  const editor = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const monaco = useCode();
  const words = useWords();
  const [findings, setFindings] = useState<readonly ToldFinding[]>();

  useEffect(() => {
    const model = editor?.getModel();
    if (!schema || !model || !monaco) return;
    const check = (): void => {
      const operation = {
        text: model.getValue(),
        variables: parsed(variables?.getValue()),
        schema,
        guards,
        permissions,
      };
      const found = checkOperation(operation)?.map((finding) => ({ ...finding, text: words(finding) }));
      setFindings(found);
      const { Error, Warning } = monaco.MarkerSeverity;
      const markers = (found ?? []).map(({ start, end, text, refuses }) => {
        const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
        return {
          severity: refuses ? Error : Warning,
          message: text,
          startLineNumber: from.lineNumber,
          startColumn: from.column,
          endLineNumber: to.lineNumber,
          endColumn: to.column,
        };
      });
      monaco.editor.setModelMarkers(model, OWNER, markers);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    };
    check();
    const listeners = [
      model.onDidChangeContent(soon),
      variables?.getModel()?.onDidChangeContent(soon),
      monaco.editor.onDidChangeMarkers(() => dropRepeated(monaco, model)),
    ];
    return () => {
      clearTimeout(timer);
      listeners.forEach((listener) => listener?.dispose());
    };
  }, [schema, editor, variables, monaco, guards, permissions, words]);

  return schema ? findings : undefined;
}

/**
 * A denied field is not in the schema that the credential sees, so the editor calls it unknown as well. One mark is enough, and
 * ours says why.
 */
function dropRepeated(monaco: Monaco, model: Model): void {
  const marks = monaco.editor.getModelMarkers({ resource: model.uri });
  const ours = marks.filter(({ owner }) => owner === OWNER);
  const theirs = marks.filter(({ owner }) => owner !== OWNER);
  const rest = theirs.filter((mark) => !ours.some((other) => isInside(mark, other)));
  if (rest.length === theirs.length) return;
  for (const owner of new Set(theirs.map((mark) => mark.owner))) {
    monaco.editor.setModelMarkers(
      model,
      owner,
      rest.filter((mark) => mark.owner === owner),
    );
  }
}

function isInside(mark: Place, other: Place): boolean {
  const isAfter =
    mark.startLineNumber > other.startLineNumber ||
    (mark.startLineNumber === other.startLineNumber && mark.startColumn >= other.startColumn);
  const isBefore =
    mark.startLineNumber < other.endLineNumber ||
    (mark.startLineNumber === other.endLineNumber && mark.startColumn <= other.endColumn);
  return isAfter && isBefore;
}

interface Place {
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

/** The editor's code, once it is loaded. */
function useCode() {
  return useMonaco((state) => state.monaco);
}

function useWords(): (finding: Finding) => string {
  const { t } = useTranslation('playground');
  const { list } = useFormat();
  return useCallback(
    ({ coordinate, lack, refuses }) => {
      const what =
        lack.kind === 'module'
          ? t(`findings.module.${lack.action}`, { coordinate, module: lack.module })
          : t(`findings.attributes.${lack.action}`, { coordinate, attributes: list(lack.attributes) });
      return `${what} ${t(refuses ? 'findings.refused' : 'findings.null')}`;
    },
    [t, list],
  );
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
