/** How often something happened in each minute since second 0, by key. */
export class MinuteCounts {
  readonly byKey = new Map<string, number[]>();

  add(key: string, seconds: number): void {
    const minutes = this.byKey.get(key) ?? [];
    if (minutes.length === 0) this.byKey.set(key, minutes);
    const minute = Math.floor(seconds / 60);
    while (minutes.length <= minute) minutes.push(0);
    minutes[minute] = (minutes[minute] ?? 0) + 1;
  }
}
