// Makes this computer a till of the store.

import type { JSX } from 'preact';
import { EnrolForm } from '../../../shared/ui/enrol-form.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function EnrolScreen(props: { readonly isDemoServer: () => Promise<boolean> }): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  return (
    <EnrolForm
      enroller={workstation}
      isDemoServer={props.isDemoServer}
      suggestedName={words.t('enrol.name-suggestion')}
      troubles={workstation.status.value.troubles.filter(({ code }) => code === 'EN-02')}
    />
  );
}
