import { useCallback } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { LinkedCredential } from '../access-requests/linked-credential';
import { withoutMissing } from '../access-requests/wanted-access';
import { CredentialDrawer } from './credential-drawer';
import { CredentialEditor } from './credential-editor';
import { LoadedCredential } from './loaded-credential';
import { useChoices } from './use-choices';

/** `/settings/credentials/new`, the id of one, or its client id, which is what denials link to. */
export function CredentialRoute(): React.JSX.Element {
  const { id = 'new' } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const choices = useChoices();
  const isClientId = id.startsWith('fgci_');
  const close = useCallback(
    () => void navigate({ pathname: '/settings/credentials', search: withoutMissing(search) }),
    [navigate, search],
  );
  return (
    <CredentialDrawer onClose={close}>
      {id === 'new' && <CredentialEditor key="new" credential={null} choices={choices} onClose={close} />}
      {isClientId && <LinkedCredential clientId={id} />}
      {id !== 'new' && !isClientId && <LoadedCredential key={id} id={id} choices={choices} onClose={close} />}
    </CredentialDrawer>
  );
}
