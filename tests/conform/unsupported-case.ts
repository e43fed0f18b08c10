// A case that our settings cannot express. It is reported with the reason and never bent until it fits.

export class UnsupportedCase extends Error {
  override readonly name = 'UnsupportedCase';
}
