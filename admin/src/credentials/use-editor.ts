import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useSend, type Outcome, type Problem } from '../graphql/outcome';
import { fieldErrors, type UserError } from '../graphql/user-errors';
import { toast, toastProblem } from '../layout/toast';
import { CreateCredential, CredentialById, UpdateCredential, type Credential } from './credential.operations';
import { useCredentialsContext } from './credentials-context';
import { createInput, draftOf, EMPTY_DRAFT, isSame, updateInput, type Draft } from './draft';
import { changesOf, merged } from './merge';
import { switched } from './use-toggle';

/** What happened to the credential elsewhere while it was open here. */
export type Notice = 'SWITCHED_OFF' | 'SWITCHED_ON' | 'CHANGED';

export interface Editor {
  /** As the gateway has it; null for one that is being made. */
  readonly credential: Credential | null;
  readonly draft: Draft;
  /** The draft as it would be without unsaved changes. */
  readonly before: Draft;
  readonly enabled: boolean;
  readonly isDirty: boolean;
  /** Set by whoever goes on to elsewhere on purpose, with nothing left to lose. */
  readonly isLeaving: RefObject<boolean>;
  readonly isSaving: boolean;
  readonly isSwitching: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly problem: Problem | undefined;
  readonly notice: Notice | undefined;
  /** Another admin's version, which this draft does not know of. */
  readonly conflict: Credential | undefined;
  readonly change: (update: (draft: Draft) => Draft) => void;
  readonly discard: () => void;
  readonly setEnabled: (enabled: boolean) => Promise<void>;
  /** Answers with the credential when it is saved. */
  save(): Promise<{ credential: Credential; secret: string | null } | undefined>;
  readonly resolve: (draft: Draft) => void;
  /**
   * Looks at what the gateway answered to a change beside the form's: somebody else's may be in it as well, unless it named
   * the version.
   */
  readonly meet: (credential: Credential, isOurs?: boolean) => void;
}

interface SavePayload {
  readonly credential: Credential | null;
  readonly clientSecret: string | null;
  readonly userErrors: readonly UserError[];
}

/** How often the open credential is looked at again, in milliseconds. */
const LOOK_AGAIN = 20_000;
/** For how long after the last key or click somebody is taken to be there, in milliseconds. */
const ATTENDED = 5 * 60_000;
const ATTENDING = ['pointerdown', 'keydown'] as const;

export function useEditor(loaded: Credential | null): Editor {
  const { t } = useTranslation();
  const send = useSend();
  const { reload, patch } = useCredentialsContext();
  const [credential, setCredential] = useState(loaded);
  const [draft, setDraft] = useState(loaded ? draftOf(loaded) : EMPTY_DRAFT);
  const [newEnabled, setNewEnabled] = useState(true);
  const [isSwitching, setSwitching] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<Problem>();
  const [notice, setNotice] = useState<Notice>();
  const [conflict, setConflict] = useState<Credential>();
  // A second click comes before React has drawn the button as busy.
  const inFlight = useRef(false);
  const isLeaving = useRef(false);
  const before = credential ? draftOf(credential) : EMPTY_DRAFT;
  const isDirty = !isSame(before, draft);

  const arrived = useArrivals({
    credential,
    draft,
    isDirty,
    inFlight,
    setCredential,
    setDraft,
    setNotice,
    setConflict,
  });
  useLookAgain(credential?.id, arrived);

  const show = ({ id, name, enabled, status, expiresAt }: Credential): void =>
    patch(id, { name, enabled, status, expiresAt });
  const adopt = (saved: Credential): void => {
    setCredential(saved);
    show(saved);
  };

  const sendDraft = async (): Promise<Outcome<SavePayload>> => {
    if (!credential) {
      const outcome = await send(CreateCredential, { input: createInput(draft, newEnabled) });
      return outcome.ok ? { ok: true, data: outcome.data.createCredential } : outcome;
    }
    const { id, version } = credential;
    const outcome = await send(UpdateCredential, { id, input: updateInput(version, before, draft) });
    return outcome.ok ? { ok: true, data: { ...outcome.data.updateCredential, clientSecret: null } } : outcome;
  };

  return {
    credential,
    draft,
    before,
    enabled: credential ? credential.enabled : newEnabled,
    isDirty,
    isLeaving,
    isSaving,
    isSwitching,
    errors,
    problem,
    notice,
    conflict,
    change: useCallback((update) => setDraft(update), []),
    discard: () => {
      setDraft(before);
      setErrors({});
      setProblem(undefined);
    },
    setEnabled: async (enabled) => {
      if (!credential) {
        setNewEnabled(enabled);
        return;
      }
      const { id, name, version } = credential;
      setSwitching(true);
      const outcome = await switched(send, id, enabled);
      setSwitching(false);
      if (!outcome.ok || !outcome.data) {
        // The switch is in sight on every tab, so what became of it has to be as well.
        const found = outcome.ok ? 'NOT_FOUND' : outcome.problem;
        toastProblem(t('credentials.notSwitched', { name }), t(`problem.${found}.text`));
        return;
      }
      setNotice(undefined);
      // A version that is more than one ahead holds somebody else's change too, which saving has to find out.
      const isOurs = outcome.data.version <= version + 1;
      adopt(isOurs ? outcome.data : { ...credential, enabled: outcome.data.enabled, status: outcome.data.status });
      toast(t(enabled ? 'credentials.switchedOn' : 'credentials.switchedOff', { name }));
    },
    save: async () => {
      if (inFlight.current) return undefined;
      inFlight.current = true;
      setSaving(true);
      setErrors({});
      setProblem(undefined);
      const outcome = await sendDraft();
      inFlight.current = false;
      setSaving(false);
      if (!outcome.ok) {
        setProblem(outcome.problem);
        return undefined;
      }
      const payload = outcome.data;
      const isStale = payload.userErrors.some(({ code }) => code === 'STALE');
      if (isStale && payload.credential) {
        arrived(payload.credential, 'SAVING');
        return undefined;
      }
      if (payload.userErrors.length > 0 || !payload.credential) {
        setErrors(fieldErrors(payload.userErrors, t));
        return undefined;
      }
      // What was typed while this was on its way is not saved, and stays to be.
      const saved = draftOf(payload.credential);
      setDraft((typed) => merged(draft, typed, saved, new Map()));
      setNotice(undefined);
      adopt(payload.credential);
      reload();
      return { credential: payload.credential, secret: payload.clientSecret };
    },
    resolve: (chosen) => {
      if (!conflict) return;
      setCredential(conflict);
      setDraft(chosen);
      setConflict(undefined);
      setNotice(undefined);
    },
    meet: (answered, isOurs = false) => {
      arrived(answered, isOurs ? 'OURS' : undefined);
      show(answered);
    },
  };
}

interface ArrivalParts {
  readonly credential: Credential | null;
  readonly draft: Draft;
  readonly isDirty: boolean;
  readonly inFlight: RefObject<boolean>;
  readonly setCredential: (credential: Credential) => void;
  readonly setDraft: (draft: Draft) => void;
  readonly setNotice: (notice: Notice) => void;
  readonly setConflict: (credential: Credential) => void;
}

/** How another version came here, unless somebody else made it and a look found it. */
type Origin = 'SAVING' | 'OURS';

/** Decides what to do with another version: take it quietly, take it and tell, or ask. */
function useArrivals(parts: ArrivalParts): (theirs: Credential, origin?: Origin) => void {
  const latest = useRef(parts);
  latest.current = parts;
  return useCallback((theirs, origin) => {
    const { credential, draft, isDirty, inFlight, setCredential, setDraft, setNotice, setConflict } = latest.current;
    if (!credential || inFlight.current || theirs.version < credential.version) return;
    const [base, after] = [draftOf(credential), draftOf(theirs)];
    const isUntouched = isSame(base, after);
    // What was typed since an own change stays, unless saving it would take that change back.
    const isJoined =
      origin === 'OURS' && !changesOf(base, draft, after).some(({ isMine, isTheirs }) => isMine && isTheirs);
    if (isUntouched || !isDirty || isJoined) {
      setCredential(theirs);
      if (!isUntouched) setDraft(isDirty ? merged(base, draft, after, new Map()) : after);
      if (origin === 'OURS') return;
      if (theirs.enabled !== credential.enabled) setNotice(theirs.enabled ? 'SWITCHED_ON' : 'SWITCHED_OFF');
      else if (!isUntouched || origin === 'SAVING') setNotice('CHANGED');
      return;
    }
    setConflict(theirs);
  }, []);
}

/**
 * Looks at the credential again when the window gets the focus back, and every now and then while somebody is there: a
 * look is a request, and would keep the session of a drawer that was left open from ever ending.
 */
function useLookAgain(id: string | undefined, arrived: (theirs: Credential) => void): void {
  const ask = useAsk();
  useEffect(() => {
    if (id === undefined) return;
    let attendedAt = Date.now();
    const attended = (): void => {
      attendedAt = Date.now();
    };
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      void ask(CredentialById, { id }).then((outcome) => {
        if (outcome.ok && outcome.data.credential) arrived(outcome.data.credential);
      });
    };
    const timer = setInterval(() => {
      if (Date.now() - attendedAt < ATTENDED) look();
    }, LOOK_AGAIN);
    ATTENDING.forEach((act) => window.addEventListener(act, attended, true));
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      ATTENDING.forEach((act) => window.removeEventListener(act, attended, true));
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id, ask, arrived]);
}
