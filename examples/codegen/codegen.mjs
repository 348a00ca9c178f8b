const { GATEWAY: gateway = 'http://127.0.0.1:4000', CLIENT_ID, CLIENT_SECRET } = process.env;
const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');

/**
 * Types for what this credential may use, and for nothing else: the gateway shows each credential its own part of the schema. When
 * an admin takes a permission away, the next run fails at the operation that needs it.
 */
export default {
  schema: [{ [`${gateway}/graphql`]: { headers: { authorization: `Basic ${basic}` } } }],
  // Node.js wants the extension of a file that an ES module imports.
  importExtension: '.js',
  documents: ['src/**/*.ts', '!src/generated/**'],
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, scalars: { Date: 'string', DateTime: 'string' } },
    },
  },
};
