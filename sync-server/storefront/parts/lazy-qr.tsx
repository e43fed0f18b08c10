// A QR code, whose maker is fetched when the first one is shown.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { QrCode } from '../../../shared/ui/qr-code.tsx';

export function LazyQr(props: { readonly text: string; readonly label: string }): JSX.Element {
  const [Code, setCode] = useState<typeof QrCode | null>(null);
  useEffect(() => {
    void import('../../../shared/ui/qr-code.tsx').then((module) => setCode(() => module.QrCode));
  }, []);
  return (
    <div class="qr" data-testid="qr" data-text={props.text}>
      {Code !== null && <Code text={props.text} label={props.label} />}
    </div>
  );
}
