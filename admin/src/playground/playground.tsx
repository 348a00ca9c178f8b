import { useState } from 'react';
import type { Access } from './access';
import type { GuardList } from './guards';
import { SignIn, type Ended } from './sign-in';
import type { Viewer } from './viewer';
import { Workbench } from './workbench';
import type { Draft } from './workbench-props';

interface SignedIn {
  readonly access: Access;
  readonly viewer: Viewer;
}

/** What survives a token that ended: the operation in the editor, and who it was. Both in memory. */
interface Kept {
  readonly draft: Draft;
  readonly ended: Ended;
}

export function Playground({ guards }: { readonly guards: GuardList }): React.JSX.Element {
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [kept, setKept] = useState<Kept>();
  if (!signedIn) {
    return <SignIn ended={kept?.ended} onSignedIn={(access, viewer) => setSignedIn({ access, viewer })} />;
  }
  const { access, viewer } = signedIn;
  const leave = (left: Kept | undefined): void => {
    // An operation may find out that the token has ended when somebody has signed out: nothing is kept for whoever comes next.
    if (access.isClosed) return;
    setKept(left);
    setSignedIn(undefined);
    void access.close();
  };
  return (
    <Workbench
      access={access}
      viewer={viewer}
      guards={guards}
      draft={kept?.draft}
      onViewer={(next) => {
        // Asked before somebody signed out, and answered afterwards.
        if (!access.isClosed) setSignedIn({ access, viewer: next });
      }}
      onSignOut={() => leave(undefined)}
      onEnded={(draft) => leave({ draft, ended: { clientId: viewer.clientId } })}
    />
  );
}
