// Why no card paid, in a sentence: the terminal's own reason where it has one, else what is true for all. Each says whether money
// moved, because that is what the next step depends on.

import type { CardTold } from '../../../shared/client/paying/pay-commands.ts';
import type { Speech } from '../../../shared/ui/speech.ts';
import type { PosKey } from '../../shell/message-keys.ts';

const WHY_KEYS: Readonly<Record<string, PosKey>> = {
  'terminal-offline': 'card-why.terminal-offline',
  'terminal-unreachable': 'card-why.terminal-unreachable',
  'terminal-busy': 'card-why.terminal-busy',
  'terminal-unknown': 'card-why.terminal-unknown',
  'terminal-not-set-up': 'card-why.terminal-unknown',
  'terminal-refused': 'card-why.terminal-refused',
  'terminal-cannot-reverse': 'card-why.terminal-cannot-reverse',
  'terminal-not-loaded': 'card-why.terminal-not-loaded',
  'currency-not-at-terminal': 'card-why.currency-not-at-terminal',
  cancelled: 'card-why.cancelled',
  'never-arrived': 'card-why.never-arrived',
};

/** For an outcome that is no approval. */
export function cardSentence(
  words: Pick<Speech<PosKey>, 't'>,
  { outcome, reason }: Pick<CardTold, 'outcome' | 'reason'>,
): string {
  if (outcome === 'unknown') return words.t('pay.card-unknown');
  return words.t(WHY_KEYS[reason] ?? 'pay.card-declined');
}
