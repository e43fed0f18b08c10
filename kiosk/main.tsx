// Composition root.
import { render } from 'preact';

const root = document.getElementById('app');
if (root) render(<main>Tillandsia</main>, root);
