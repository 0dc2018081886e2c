using System.CommandLine;
using AdvFit.Api.Client;
using AdvFit.Api.Http;
using AdvFit.Dashboard;
using AdvFit.Messages;
using AdvFit.Reporting;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit dashboard</c>: sweeps in the browser, as they run.</summary>
internal static class DashboardCommand
{
    private const int DefaultPort = 8437;

    /// <summary>How long a server may take to answer a poll, and a request for a report.</summary>
    private static readonly TimeSpan PollPatience = TimeSpan.FromSeconds(30), ReportPatience = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        var store = CommonOptions.Store();
        var port = new Option<int>("--port")
        {
            Description = "Port on this machine; 0 takes a free one",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(ushort.TryParse(token.Value, out _)))
            {
                result.AddError($"--port must be a whole number from 0 to {ushort.MaxValue}, not '{token.Value}'.");
            }
        });
        var readOnly = new Option<bool>("--read-only") { Description = "No buttons: nobody can pause, resume, cancel or rerun" };
        var command = new DocumentedCommand(
            "dashboard",
            "Show the sweeps in the browser, as they run. Only this machine can see it. Ctrl+C ends it, not the sweeps.",
            "dashboard",
            "dashboard --port 0 --store /big/disk",
            "dashboard --server http://localhost:8080")
        {
            port, readOnly, store,
        };
        command.SetAction(async (parsed, _) =>
        {
            var place = SweepLocation.Of(parsed, store);
            var token = BearerToken.New();
            var mayAct = !parsed.GetValue(readOnly) && (!place.IsRemote || SweepLocation.HasToken);
            using var reader = place.IsRemote ? place.ConnectWithoutWaiting(ReportPatience) : null;
            await using var server = await DashboardServer.StartAsync(
                WebApp.Read(), Source(place), parsed.GetValue(port),
                id => reader is null ? Report(place, id) : ReportWithoutFiles(reader, place, id),
                mayAct ? new SweepControls(token, (id, asked) => Act(place, id, asked)) : null);
            // Not wrapped, to be copied as they are.
            Console.Out.WriteLine($"To look at {Name(place)}: {server.Address}/");
            if (mayAct)
            {
                Console.Out.WriteLine($"To pause, resume, cancel and rerun, too: {server.Address}/#token={token}");
            }
            else if (!parsed.GetValue(readOnly))
            {
                Console.Error.WriteLine($"note: To pause, resume, cancel and rerun takes the server's token in ${ApiClient.TokenVariable}.");
            }

            await server.WaitAsync();
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Name(SweepLocation place) => place.IsRemote ? place.Address : place.Folder;

    private static DashboardSource Source(SweepLocation place) => place.IsRemote
        ? DashboardSource.OfServer(place.Address, stop =>
        {
            var sweeps = place.ConnectWithoutWaiting(PollPatience);
            sweeps.Stop = stop;
            return sweeps;
        })
        : DashboardSource.OfStore(place.Folder);

    private static string Act(SweepLocation place, string id, SweepCommand asked)
    {
        if (place.IsRemote)
        {
            using var sweeps = place.ConnectWithoutWaiting(PollPatience);
            sweeps.Control.Perform(id, asked);
            return "The server does it.";
        }

        return new StoreRequests(place.Folder, TimeProvider.System).Do(id, asked) is { } holder
            ? $"Process {holder.ProcessId} does it."
            : $"It is recorded. No process works on it: `{Invocation.Program} resume {id}` goes on with what is left.";
    }

    private static SweepReport Report(SweepLocation place, string id)
    {
        using var sweep = OpenedSweep.Open(place, id);
        return new SweepReportBuilder(sweep.Source, sweep.Details, sweep.Analyze()).Build(loadData: null);
    }

    /// <summary>Leaves out the files, for they are many and large.</summary>
    private static SweepReport ReportWithoutFiles(RemoteSweeps sweeps, SweepLocation place, string id)
    {
        var sweep = OpenedSweep.In(sweeps, place, id);
        return new SweepReportBuilder(sweep.Source, sweep.Details, sweep.Analyze()).BuildWithoutFiles();
    }
}
