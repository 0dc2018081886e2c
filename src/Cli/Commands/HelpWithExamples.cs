using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AdvFit.Cli.Rendering;

namespace AdvFit.Cli.Commands;

/// <summary>Writes System.CommandLine's help, then the command's examples, or the program's exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Terminal.Width;
        ServerOption.HideWhereLocal(parseResult);
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case DocumentedCommand { Examples.Count: > 0 } command:
                output.WriteLine("Examples:");
                foreach (var example in command.Examples)
                {
                    output.WriteLine($"  {Invocation.Program} {example}");
                }

                output.WriteLine();
                break;
            case RootCommand:
                output.WriteLine(ExitCodes.Help);
                output.WriteLine();
                break;
        }

        return code;
    }
}
