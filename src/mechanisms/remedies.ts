/** Every remedy by its id, in the order in which they are listed: the culprit first, then the range, what else gives ports back, the delay. */
export const REMEDY_IDS = [
  'reuse-connections',
  'unpin-source-port',
  'shrink-dns-socket-pool',
  'stop-the-leak',
  'find-udp-holder',
  'answer-or-stop',
  'share-connections',
  'restart-host',
  'restore-dynamic-port-range',
  'widen-dynamic-port-range',
  'free-exclusions',
  'release-reserved-exclusions',
  'change-udp-port-range',
  'change-auto-reuse-range',
  'switch-off-auto-reuse-range',
  'remove-max-user-port',
  'shorten-time-wait',
  'use-auto-reuse-range',
  'widen-in-emergency',
  'mend-the-leak',
] as const;
export type RemedyId = (typeof REMEDY_IDS)[number];
