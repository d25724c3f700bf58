import type { DynamicRange } from '../scenario.js';

const RULER = '---------------------------------';
const DYNAMIC = {
  en: ['Protocol % Dynamic Port Range', 'Start Port      : ', 'Number of Ports : '],
  fr: ['Plage de ports dynamique du protocole %', 'Port de démarrage   : ', 'Nombre de ports     : '],
  de: ['Protokoll % Dynamischer Portbereich', 'Startport          : ', 'Anzahl von Ports   : '],
} as const;

/** `netsh int ipv4 show dynamicport tcp`. */
export function netshDynamicPort(
  range: DynamicRange,
  transport: 'tcp' | 'udp',
  language: keyof typeof DYNAMIC = 'en',
): string {
  const [title, start, count] = DYNAMIC[language];
  return [
    '',
    title.replace('%', transport),
    RULER,
    `${start}${String(range.start)}`,
    `${count}${String(range.count)}`,
    '',
    '',
  ].join('\n');
}

const EXCLUDED = {
  en: ['Protocol % Port Exclusion Ranges', 'Start Port    End Port', '* - Administered port exclusions.'],
  fr: [
    'Plages d’exclusion de ports du protocole %',
    'Port de début    Port de fin',
    '* - Exclusions de ports administrées.',
  ],
} as const;

/** `netsh int ipv4 show excludedportrange protocol=tcp`: first and last port, a star where an administrator made it. */
export function netshExcludedPortRange(
  ranges: readonly { readonly first: number; readonly last: number; readonly administered?: boolean }[],
  transport: 'tcp' | 'udp',
  language: keyof typeof EXCLUDED = 'en',
): string {
  const [title, heading, footer] = EXCLUDED[language];
  const rows = ranges.map(
    ({ first, last, administered }) =>
      `${String(first).padStart(10)}${String(last).padStart(12)}${administered === true ? '     *' : ''}`,
  );
  return [
    '',
    title.replace('%', transport).replace('’', "'"),
    '',
    heading,
    '----------    --------',
    ...rows,
    '',
    footer,
    '',
    '',
  ].join('\n');
}
