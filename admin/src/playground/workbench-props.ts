import type { Access } from './access';
import type { GuardList } from './guards';
import type { Viewer } from './viewer';

/** What stands in the editors. */
export interface Draft {
  readonly operation: string;
  readonly variables: string;
}

export interface WorkbenchProps {
  readonly access: Access;
  readonly viewer: Viewer;
  readonly guards: GuardList;
  /** What was typed before the token ended. */
  readonly draft: Draft | undefined;
  readonly onViewer: (viewer: Viewer) => void;
  readonly onSignOut: () => void;
  readonly onEnded: (draft: Draft) => void;
}
