using System.CommandLine;
using AdvFit.Api.Http;
using AdvFit.Dashboard;
using AdvFit.Messages;
using AdvFit.Reporting;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit dashboard</c>: sweeps in the browser, as they run.</summary>
internal static class DashboardCommand
{
    private const int DefaultPort = 8437;

    public static Command Create()
    {
        var store = CommonOptions.Store();
        var port = new Option<int>("--port")
        {
            Description = $"Port on this machine, otherwise {DefaultPort}; 0 takes a free one",
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
            "Show the sweeps of the store in the browser, as they run. Only this machine can see it. Ctrl+C ends it, not the sweeps.",
            "dashboard",
            "dashboard --port 0 --store /big/disk")
        {
            port, readOnly, store,
        };
        command.SetAction(async (parsed, _) =>
        {
            var folder = SweepStore.Locate(parsed.GetValue(store));
            var token = BearerToken.New();
            var controls = parsed.GetValue(readOnly) ? null : new SweepControls(token, (id, asked) => Act(folder, id, asked));
            await using var server = await DashboardServer.StartAsync(
                WebApp.Read(), folder, parsed.GetValue(port), id => Report(folder, id), controls);
            // Not wrapped, to be copied as they are.
            Console.Out.WriteLine($"To look at {folder}: {server.Address}/");
            if (controls is not null)
            {
                Console.Out.WriteLine($"To pause, resume, cancel and rerun, too: {server.Address}/#token={token}");
            }

            await server.WaitAsync();
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Act(string folder, string id, SweepCommand asked) =>
        new StoreRequests(folder, TimeProvider.System).Do(id, asked) is { } holder
            ? $"Process {holder.ProcessId} does it."
            : $"It is recorded. No process works on it: `{Invocation.Program} resume {id}` goes on with what is left.";

    private static SweepReport Report(string folder, string id)
    {
        using var found = FoundSweep.Open(SweepPlace.Local(folder), id);
        return new SweepReader(found.Source, found.Details, ResultsOf.Sweep(found.Source, id, found.Details.State)).Read(loadData: null);
    }
}
