using System.CommandLine;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand("version", "Show the version and the source commit.");
        command.SetAction(_ =>
        {
            Console.Out.WriteLine($"advfit {ThisProgram.Version.Number}, commit {ThisProgram.Version.Commit}");
            return ExitCodes.Done;
        });
        return command;
    }
}
