// The provider 'oidc-provider' with one client, for RealProviderTests. Arguments: the module to load, the port, where users come back to, and after signing out.
const [module, port, redirect, logout] = process.argv.slice(2);
const { Provider } = await import(module);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: "dossierkit", client_secret: "geheim van de proef", redirect_uris: [redirect], post_logout_redirect_uris: [logout] }],
  pkce: { required: () => true },
  cookies: { keys: ["proef"] },
});
provider.listen(Number(port), "localhost", () => console.log("ready"));
