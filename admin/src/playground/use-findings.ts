import { useGraphiQL, useMonaco } from '@graphiql/react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { checkOperation, type Finding } from './check-operation';
import type { GuardList, Permissions } from './guards';

/** A finding in words. */
export interface ToldFinding extends Finding {
  readonly text: string;
}

const OWNER = 'fieldgate';

/** After the last key, in milliseconds. */
const PAUSE = 150;

/** Checks what stands in the editor, marks there what will be denied, and tells it. */
export function useFindings(guards: GuardList, permissions: Permissions): readonly ToldFinding[] {
  const schema = useGraphiQL((state) => state.schema);
  const editor = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const monaco = useMonaco((state) => state.monaco);
  const words = useWords();
  const [findings, setFindings] = useState<readonly ToldFinding[]>([]);

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
      const found = checkOperation(operation).map((finding) => ({ ...finding, text: words(finding) }));
      setFindings(found);
      const { Error, Warning } = monaco.MarkerSeverity;
      const markers = found.map(({ start, end, text, refuses }) => {
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
    const listeners = [model.onDidChangeContent(soon), variables?.getModel()?.onDidChangeContent(soon)];
    return () => {
      clearTimeout(timer);
      listeners.forEach((listener) => listener?.dispose());
    };
  }, [schema, editor, variables, monaco, guards, permissions, words]);

  return findings;
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
