using AdvFit.Cli;

return CommandLine.Run(args);
