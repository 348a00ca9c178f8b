import type { Client } from '@urql/core';
import {
  createContext,
  lazy,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Provider } from 'urql';
import { createGatewayClient } from '../graphql/client';
import { problemOf } from '../graphql/outcome';
import { toastProblem } from '../layout/toast';
import type { PasswordPurpose } from './ask-password';
import { SignOut, WhoAmI, type Me } from './session.operations';

export type Session =
  | { readonly kind: 'LOADING' }
  | { readonly kind: 'UNREACHABLE' }
  | { readonly kind: 'NOBODY'; readonly setupOpen: boolean }
  | { readonly kind: 'SIGNED_IN'; readonly me: Me };

const AskPassword = lazy(async () => ({ default: (await import('./ask-password')).AskPassword }));

interface SessionActions {
  readonly session: Session;
  /** What people call the identity provider; null when there is none. */
  readonly provider: string | null;
  readonly signedIn: (me: Me) => void;
  readonly signOut: () => Promise<void>;
  readonly load: () => Promise<void>;
}

interface Question {
  readonly purpose: PasswordPurpose;
  readonly answer: (proved: boolean) => void;
}

const SessionContext = createContext<SessionActions | undefined>(undefined);

/** Knows who is signed in, and asks for the password when the gateway does, without taking the page away. */
export function SessionProvider({ children }: { readonly children: ReactNode }): React.JSX.Element {
  const { t } = useTranslation();
  const [session, setSession] = useState<Session>({ kind: 'LOADING' });
  const [provider, setProvider] = useState<string | null>(null);
  const { question, ask } = useQuestion();
  const newClient = useCallback(
    () => createGatewayClient({ signInAgain: () => ask('SIGN_IN_AGAIN'), reauthenticate: () => ask('REAUTHENTICATE') }),
    [ask],
  );
  const [client, setClient] = useState<Client>(newClient);
  // Asks nothing itself: whose session has ended is not asked for the password to end it, and what the window for the password
  // sends must not wait for that window.
  const [silent] = useState(() => createGatewayClient({ signInAgain: refuse, reauthenticate: refuse }));
  const signedIn = useCallback((me: Me) => setSession({ kind: 'SIGNED_IN', me }), []);

  const load = useCallback(async () => {
    const found = await whoAmI(client);
    setProvider(found.provider);
    setSession(found.session);
  }, [client]);
  // Once: later changes are told by signedIn and signOut.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => void load(), []);

  const actions = useMemo<SessionActions>(
    () => ({
      session,
      provider,
      load,
      signedIn,
      signOut: async () => {
        const { error } = await silent.mutation(SignOut, {}).toPromise();
        const problem = error && problemOf(error);
        if (problem && problem !== 'SIGNED_OUT') {
          toastProblem(t('account.notSignedOut'), t(`problem.${problem}.text`));
          return;
        }
        // A fresh client, so that nothing of what this admin saw is left for the next one.
        setClient(newClient());
        setSession({ kind: 'NOBODY', setupOpen: false });
      },
    }),
    [session, provider, load, signedIn, silent, newClient, t],
  );

  return (
    <Provider value={client}>
      <SessionContext value={actions}>
        {children}
        <Suspense>
          {question && (
            <Provider value={silent}>
              <AskPassword
                purpose={question.purpose}
                email={session.kind === 'SIGNED_IN' ? session.me.email : ''}
                provider={session.kind === 'SIGNED_IN' && session.me.hasIdentity ? provider : null}
                signedIn={signedIn}
                onAnswer={question.answer}
              />
            </Provider>
          )}
        </Suspense>
      </SessionContext>
    </Provider>
  );
}

function refuse(): Promise<boolean> {
  return Promise.resolve(false);
}

async function whoAmI(client: Client): Promise<{ readonly session: Session; readonly provider: string | null }> {
  const { data } = await client.query(WhoAmI, {}, { requestPolicy: 'network-only' }).toPromise();
  if (!data) return { session: { kind: 'UNREACHABLE' }, provider: null };
  const provider = data.singleSignOn?.name ?? null;
  if (data.me) return { session: { kind: 'SIGNED_IN', me: data.me }, provider };
  return { session: { kind: 'NOBODY', setupOpen: data.setup.open }, provider };
}

/** One question at a time: requests that are refused together wait for the same answer. */
function useQuestion(): { question: Question | undefined; ask: (purpose: PasswordPurpose) => Promise<boolean> } {
  const [question, setQuestion] = useState<Question>();
  const pending = useRef<Promise<boolean>>(undefined);
  const ask = useCallback((purpose: PasswordPurpose) => {
    pending.current ??= new Promise<boolean>((resolve) => {
      const answer = (proved: boolean): void => {
        pending.current = undefined;
        setQuestion(undefined);
        resolve(proved);
      };
      setQuestion({ purpose, answer });
    });
    return pending.current;
  }, []);
  return { question, ask };
}

export function useSession(): SessionActions {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider around it.');
  return session;
}

/** The admin who is signed in. Only below the shell, which shows nothing to anybody else. */
export function useMe(): Me {
  const { session } = useSession();
  if (session.kind !== 'SIGNED_IN') throw new Error('Nobody is signed in.');
  return session.me;
}

/** What the role allows, so that nothing is offered that would be refused. */
export function useRights(): { readonly manages: boolean; readonly owns: boolean } {
  const { role } = useMe();
  return { manages: role !== 'AUDITOR', owns: role === 'OWNER' };
}
