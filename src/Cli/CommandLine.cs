using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AdvFit.Cli.Commands;
using AdvFit.Cli.Rendering;

namespace AdvFit.Cli;

/// <summary>Parses and runs command lines, and reports their errors.</summary>
internal static class CommandLine
{
    private const string Description =
        "AdvFit: does fitting harder make a classifier more robust to adversarial examples?";

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args)
    {
        Terminal.Guard();
        try
        {
            var parsed = Root().Parse(args);
            var complaint = parsed.Action as ParseErrorAction;
            if (complaint is not null)
            {
                (complaint.ShowHelp, complaint.ShowTypoCorrections) = (false, true);
            }

            if (complaint is null)
            {
                ServerOption.RefuseWhereLocal(parsed);
            }

            var code = parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = complaint is null ? Console.Out : Console.Error,
            });
            if (complaint is null)
            {
                return code;
            }

            Console.Error.WriteLine($"See `{Invocation.Program} {PathOf(parsed.CommandResult.Command)}--help`.");
            return ExitCodes.BadInput;
        }
        catch (Exception error)
        {
            return ErrorReporting.Report(error, Console.Error);
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand(Description)
        {
            RunCommand.Create(), PlanCommand.Create(), ListCommand.Create(), ShowCommand.Create(),
            ResultsCommand.Create(), ReportCommand.Create(), DashboardCommand.Create(), WatchCommand.Create(),
            ControlCommand.Pause.Create(), ControlCommand.Resume.Create(), ControlCommand.Cancel.Create(),
            RerunCommand.Create(), ForgetCommand.Create(), RepairCommand.Create(), GcCommand.Create(),
            ExportCommand.Create(), ImportCommand.Create(), NodesCommand.Create(),
            DataCommand.Create(), AttackCommand.Create(), PredictCommand.Create(), BenchCommand.Create(),
            VersionCommand.Create(),
        };
        root.Options.Add(ServerOption.Create());
        var help = root.Options.OfType<HelpOption>().Single();
        var showHelp = new HelpWithExamples((HelpAction)help.Action!);
        help.Action = showHelp;
        root.SetAction(showHelp.Invoke);
        return root;
    }

    /// <summary>The names of a command and of its parents, each followed by a space.</summary>
    private static string PathOf(Command command) =>
        command is RootCommand ? "" : PathOf(command.Parents.OfType<Command>().First()) + command.Name + " ";
}
