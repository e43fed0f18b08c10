// The keys that a screen of the till may say: what both apps share, and the till's own. English defines them;
// the message check holds every other language to the same set.

import type shared from '../../shared/ui/messages/en.json';
import type own from '../messages/en.json';

export type PosKey = keyof typeof shared | keyof typeof own;
