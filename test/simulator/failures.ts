/** Why Windows refused a port: the id of the event it would log. */
export type FailureId = 4227 | 4231 | 4266;

/** Every refused connect or bind of a run. */
export class Failures {
  readonly byId: Record<FailureId, number> = { 4227: 0, 4231: 0, 4266: 0 };
  readonly byClient = new Map<string, number>();
  firstSeconds = Infinity;
  lastSeconds = -Infinity;
  count = 0;

  record(id: FailureId, client: string, seconds: number): void {
    this.byId[id]++;
    this.byClient.set(client, (this.byClient.get(client) ?? 0) + 1);
    this.firstSeconds = Math.min(this.firstSeconds, seconds);
    this.lastSeconds = Math.max(this.lastSeconds, seconds);
    this.count++;
  }
}
