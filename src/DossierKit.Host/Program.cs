return await DossierKit.Host.Cli.CommandLine.RunAsync(args);
