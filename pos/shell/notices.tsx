// What must be known but does not stop selling: troubles, another window that sells, a new version. A trouble can be
// put away until the next start; the status bar and the settings go on telling it.

import { RefreshCw, TriangleAlert, X } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button, IconButton } from '../../shared/ui/button.tsx';
import { Banner } from '../../shared/ui/notices.tsx';
import { AisleNotice } from './aisle-notice.tsx';
import { usePos, useWords } from './pos-context.ts';
import { troubleText } from '../../shared/ui/trouble-text.ts';

/** Told by the status bar and the settings alone: nothing about it is urgent. */
const QUIET_TROUBLES: ReadonlySet<string> = new Set(['ST-05']);

export function Notices(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const dismissed = useSignal<ReadonlySet<string>>(new Set());
  const { workstation } = pos;
  const troubles = workstation.status.value.troubles.filter(
    ({ code }) => !QUIET_TROUBLES.has(code) && !dismissed.value.has(code),
  );
  // Read for their change: whether an update is safe follows the cart and what is being sent, and the end of sending
  // changes no signal of its own.
  void workstation.cart.value;
  void pos.now.value;
  const canUpdate =
    pos.isUpdateWaiting.value && pos.view.value.kind === 'sell' && workstation.isSafeToUpdate();
  return (
    <div class="notices">
      <AisleNotice />
      {troubles.map((trouble) => (
        <Banner
          key={trouble.code}
          testId={`trouble-${trouble.code}`}
          tone="warning"
          icon={TriangleAlert}
          actions={
            <>
              {trouble.actions.map((action) => (
                <Button
                  key={action}
                  testId={`trouble-${trouble.code}-${action}`}
                  onPress={() =>
                    action === 'reload'
                      ? location.reload()
                      : void workstation.resolveTrouble(trouble.code, action).then(pos.report)
                  }
                >
                  {words.t(`trouble.action.${action}`)}
                </Button>
              ))}
              {trouble.code.startsWith('CD-') && (
                <Button
                  testId={`trouble-${trouble.code}-open`}
                  onPress={() => {
                    pos.overlay.value = 'cards';
                  }}
                >
                  {words.t('cards.look')}
                </Button>
              )}
              {!trouble.blocksSelling && (
                <IconButton
                  testId={`trouble-${trouble.code}-dismiss`}
                  icon={X}
                  label={words.t('notice.dismiss')}
                  onPress={() => {
                    dismissed.value = new Set([...dismissed.value, trouble.code]);
                  }}
                />
              )}
            </>
          }
        >
          <strong>{troubleText(words, trouble, 'happened')}</strong> {troubleText(words, trouble, 'safe')}{' '}
          {troubleText(words, trouble, 'do')}
        </Banner>
      ))}
      {canUpdate && (
        <Banner
          testId="update-offer"
          icon={RefreshCw}
          actions={
            <Button
              testId="update-now"
              look="primary"
              onPress={() => {
                // Asked again: a push may have begun since the offer was drawn.
                if (workstation.isSafeToUpdate()) pos.update();
              }}
            >
              {words.t('update.now')}
            </Button>
          }
        >
          {words.t('update.ready')}
        </Banner>
      )}
    </div>
  );
}
