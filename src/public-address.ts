import type { AddressInfo } from 'node:net';
import type { Config } from './config';

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/** The gateway as its clients reach it. Which port it listens on may be known only once it does. */
export class PublicAddress {
  private port: number;

  constructor(private readonly config: Pick<Config, 'publicUrl' | 'host' | 'port'>) {
    this.port = config.port;
  }

  /** Without a slash at the end. */
  get url(): string {
    const { publicUrl, host } = this.config;
    if (publicUrl !== undefined) return publicUrl;
    const name = EVERY_ADDRESS.has(host) ? 'localhost' : host;
    return `http://${name.includes(':') ? `[${name}]` : name}:${this.port}`;
  }

  listensOn({ port }: AddressInfo): void {
    this.port = port;
  }
}
