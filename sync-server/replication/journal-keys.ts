// Keys by which entries of several journals are looked up in one map.

export const placeKey = (workstationId: string, epoch: number, sequence: number): string =>
  `${workstationId}/${epoch}/${sequence}`;
export const idKey = (workstationId: string, id: string): string => `${workstationId}#${id}`;
export const hashKey = (workstationId: string, hash: string): string => `${workstationId}=${hash}`;
