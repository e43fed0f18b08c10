// Turns the local times of an invoice file into instants of the store's time zone, so that the till's business day is
// the file's day. Offsets are asked of Intl once a day and remembered.

/** A function from YYYY-MM-DDTHH:MM:SS in `timeZone` to milliseconds since 1970. */
export function shopClock(timeZone: string): (localTime: string) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const offsets = new Map<string, number>();
  const offsetAt = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '00';
    const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
    return Date.parse(local) - instant;
  };
  return (localTime) => {
    const asUtc = Date.parse(`${localTime}Z`);
    const hour = localTime.slice(0, 13);
    let offset = offsets.get(hour);
    if (offset === undefined) {
      // The offset of the instant itself: first by the local time read as UTC, then once more at the result.
      offset = offsetAt(asUtc - offsetAt(asUtc));
      offsets.set(hour, offset);
    }
    return asUtc - offset;
  };
}
