/** IANA names of the remote ports that outgoing connections of a Windows server mostly go to. Source: IANA service name registry. */
const SERVICE_NAMES: Readonly<Record<number, string>> = {
  21: 'ftp',
  22: 'ssh',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  88: 'kerberos',
  110: 'pop3',
  111: 'sunrpc',
  123: 'ntp',
  135: 'epmap',
  139: 'netbios-ssn',
  143: 'imap',
  389: 'ldap',
  443: 'https',
  445: 'microsoft-ds',
  464: 'kpasswd',
  465: 'submissions',
  587: 'submission',
  636: 'ldaps',
  993: 'imaps',
  1433: 'ms-sql-s',
  1434: 'ms-sql-m',
  1521: 'ncube-lm',
  2049: 'nfs',
  3260: 'iscsi-target',
  3268: 'msft-gc',
  3269: 'msft-gc-ssl',
  3306: 'mysql',
  3389: 'ms-wbt-server',
  5432: 'postgresql',
  5671: 'amqps',
  5672: 'amqp',
  5985: 'wsman',
  5986: 'wsmans',
  8080: 'http-alt',
  9389: 'adws',
};

/** The IANA name of a well-known port, null for any other. */
export function serviceName(port: number): string | null {
  return SERVICE_NAMES[port] ?? null;
}
