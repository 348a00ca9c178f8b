import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/**
 * Whoever uses the keyboard must be able to leave an editor by the key that leaves everything else. The option of the editor that
 * says so, `tabFocusMode`, has no effect.
 */
export function useLeavingByTab(): void {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (!monaco) return;
    const { KeyCode, KeyMod } = monaco;
    const rules = monaco.editor.addKeybindingRules([
      { keybinding: KeyCode.Tab, command: '-tab' },
      { keybinding: KeyMod.Shift | KeyCode.Tab, command: '-outdent' },
    ]);
    return () => rules.dispose();
  }, [monaco]);
}
