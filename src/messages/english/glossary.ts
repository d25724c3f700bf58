/** The words of the page that a reader outside the trade may not know, in the order in which they meet them. */
export const glossary: readonly { readonly term: string; readonly meaning: string }[] = [
  {
    term: 'Dynamic port',
    meaning:
      'A local port that Windows lends to a program for an outgoing connection. Also called an ephemeral port. The default range is 49152 to 65535, 16,384 ports; TCP and UDP have one each.',
  },
  {
    term: 'Usable ports',
    meaning:
      'The ports of the dynamic range less those excluded by the administrator or by Windows and those on which a program listens.',
  },
  {
    term: 'Port in use',
    meaning:
      'One local port inside the range, counted once whatever number of rows show it. Rows of a listener, and the second Bound row of a connection, are not further ports.',
  },
  {
    term: 'TIME_WAIT',
    meaning:
      'The state of a closed connection on the side that closed first. The port stays taken so that late packets cannot enter a new connection. Windows shows no owner for it (process 0).',
  },
  {
    term: 'TcpTimedWaitDelay',
    meaning:
      'The registry value that says how many seconds TIME_WAIT lasts. It is absent by default; the sources then disagree between 120 and 240 seconds, so the page shows both unless it could be measured. A change needs a restart.',
  },
  {
    term: 'MaxUserPort',
    meaning:
      'The older registry value for the end of the dynamic range. Windows still honours it in places; netsh is the current way and works at once. No source says which of the two wins, so the page goes by what netsh shows.',
  },
  {
    term: 'Bound',
    meaning:
      'A port that a process has reserved; it may or may not belong to a connection. Only netstat -q (Windows 10, Server 2016 and later) and Get-NetTCPConnection show it; netstat -ano does not.',
  },
  {
    term: 'CLOSE_WAIT',
    meaning: 'The peer has closed, the local process has not. The port stays taken until the process closes.',
  },
  {
    term: 'SYN_SENT',
    meaning: 'A connection that has been asked for and not yet answered.',
  },
  {
    term: 'Event 4227',
    meaning:
      'A connection failed because its local endpoint had just been used towards the same remote endpoint. It names no process, port or address.',
  },
  {
    term: 'Events 4231 and 4266',
    meaning: 'No dynamic port was left at all: 4231 for TCP, 4266 for UDP.',
  },
  {
    term: 'Excluded range',
    meaning: 'Ports set aside (netsh int ipv4 show excludedportrange); Windows lends none of them.',
  },
];
