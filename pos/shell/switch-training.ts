// Into training and out of it; who may not alone asks a manager.

import { tillSubjects } from '../../shared/domain/approval.ts';
import { decide } from './decide.ts';
import type { PosContext } from './pos-context.ts';

export function switchTraining(pos: PosContext, isOn: boolean): void {
  void decide(pos, {
    subject: tillSubjects.train(),
    act: (approval) => pos.workstation.switchTraining({ isOn, ...(approval !== undefined && { approval }) }),
    onDone: () => {
      pos.overlay.value = 'none';
      pos.say('good', pos.speech.value.t(isOn ? 'training.entered' : 'training.left'));
    },
  });
}
