using System.Diagnostics;
using System.Runtime.InteropServices;
using AdvFit.Cli;

namespace AdvFit.Api.Tests;

/// <summary>Commands with <c>--server</c>, as processes: the same output as on the server's own store.</summary>
public sealed partial class Commands_on_a_server : IAsyncLifetime
{
    private const int Interrupt = 2;

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("list", "--json")]
    [InlineData("show", "--json")]
    [InlineData("results", "--json")]
    [InlineData("list")]
    [InlineData("results", "small", "--csv", "tables")]
    public async Task What_they_write_is_the_same_to_the_last_byte(params string[] command)
    {
        await _server.RunAsync();
        var (there, here) = (Run([.. command, "--server", _server.Address]), Run([.. command, "--store", _server.Store]));

        there.Code.ShouldBe(ExitCodes.Done);
        there.Output.ShouldBe(here.Output);
        (there.Output.Length > 0 || command.Contains("--csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task For_people_only_what_to_type_next_differs()
    {
        await _server.RunAsync();
        foreach (var command in new[] { "show", "results" })
        {
            var there = Run(["--server", _server.Address, command, "small"]);
            var here = Run([command, "small", "--store", _server.Store]);

            Words(there.Output).ShouldBe(Words(here.Output));
        }

        // Lines are broken elsewhere where an address is longer than a folder.
        string[] Words(string text) =>
        [
            .. text.Replace($"--server {_server.Address}", "", StringComparison.Ordinal).Replace($"--store {_server.Store}", "", StringComparison.Ordinal)
                .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("--server" or "--store")
                    && word.Trim('`') != _server.Address && word.Trim('`') != _server.Store),
        ];
    }

    [Fact]
    public void A_run_is_submitted_followed_and_ends_with_its_results()
    {
        File.WriteAllText(_server.File("spec.yaml"), TestServer.Spec);

        var run = Run(["run", "spec.yaml", "--server", _server.Address]);

        run.Error.ShouldBe("");
        run.Code.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain("3 of 3 shuffles done");
        run.Output.ShouldContain("What this means");
        Run(["run", "spec.yaml", "--server", _server.Address]).Output.ShouldContain("3 of 3 shuffles are done");
        Run(["run", "spec.yaml", "--server", _server.Address, "--slots", "2"]).Error.ShouldContain("--slots says how this machine works");
    }

    [Fact]
    public async Task Ctrl_C_ends_the_following_and_not_the_sweep()
    {
        File.WriteAllText(_server.File("spec.yaml"), TestServer.Spec);
        using var held = new Gate();
        _server.Service.Before = stage =>
        {
            if (stage == "2: epoch 1")
            {
                held.Wait();
            }
        };
        using var process = Start(["run", "spec.yaml", "--server", _server.Address], TestServer.Token);
        var output = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output += line + "\n";
            if (line.TrimStart().StartsWith("server ", StringComparison.Ordinal))
            {
                Kill(process.Id, Interrupt).ShouldBe(0);
            }
        }

        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(ExitCodes.Stopped);
        output.ReplaceLineEndings(" ").ShouldContain($"{TestServer.Id} goes on");
        held.Open();
        await _server.Service.WorkAsync();
        (await _server.Service.Find(TestServer.Id, default))!.State.Completed.ShouldBe(3);
    }

    [Fact]
    public async Task A_sweep_is_exported_here_and_imported_there()
    {
        await _server.RunAsync();
        await using var other = await TestServer.StartAsync();

        Run(["export", "small", "-o", "small.advfit", "--server", _server.Address]).Code.ShouldBe(ExitCodes.Done);
        var import = Run(["--server", other.Address, "import", "small.advfit"]);
        import.Output.ShouldContain("is imported: ");
        Run(["results", "--json", "--server", other.Address]).Output.ShouldBe(Run(["results", "--json", "--store", _server.Store]).Output);
        Run(["import", "small.advfit", "--store", "local"]).Code.ShouldBe(ExitCodes.Done);
        Run(["results", "--json", "--store", "local"]).Output.ShouldBe(Run(["results", "--json", "--store", _server.Store]).Output);
    }

    [Fact]
    public async Task What_is_sound_of_a_sweep_that_is_quarantined_is_exported_and_imported_once_it_is_forgotten()
    {
        const string Trouble = "The sweep is quarantined, for its event 8 makes no sense.";
        await _server.RunAsync();
        _server.Service.Quarantined = (TestServer.Id, 7, Trouble);

        Run(["list", "--server", _server.Address]).Output.ShouldSatisfyAllConditions(
            output => output.ShouldMatch($"{TestServer.Id} +quarantined"), output => output.ShouldContain(Trouble));
        Refused(ExitCodes.BadInput, "results", "small", "--server", _server.Address).ShouldContain(Trouble);
        Refused(ExitCodes.BadInput, "cancel", "small", "--server", _server.Address).ShouldContain(Trouble);
        var export = Run(["export", "small", "-o", "sound.advfit", "--server", _server.Address]);
        export.Output.ShouldContain("7 events");
        export.Error.ShouldBe($"note: That is what is sound of it. {Trouble}\n");
        Refused(ExitCodes.BadInput, "forget", "small", "--server", _server.Address).ShouldContain("say --yes");
        Run(["forget", "small", "--yes", "--server", _server.Address]).Output.ReplaceLineEndings(" ").ShouldContain($"{TestServer.Id} is forgotten on");
        Run(["import", "sound.advfit", "--server", _server.Address]).Output.ShouldContain("is imported: ");
        (await _server.Service.Find(TestServer.Id, default))!.Number.ShouldBe(7);
    }

    [Fact]
    public async Task Commands_are_given_and_refusals_told()
    {
        await _server.RunAsync();

        Run(["nodes", "--server", _server.Address]).Output.ShouldContain("unreachable");
        Run(["nodes", "--json", "--server", _server.Address]).Output.ShouldContain("\"nodes\":[");
        Run(["rerun", "small", "--shuffle", "2", "--server", _server.Address]).Output.ReplaceLineEndings(" ").ShouldContain("is done again on");
        await _server.Service.WorkAsync();
        Refused(ExitCodes.BadInput, "pause", "--server", _server.Address).ShouldContain("nothing to pause");
        Refused(ExitCodes.BadInput, "show", "other", "--server", _server.Address).ShouldContain($"There is no sweep `other` in {_server.Address}");
        Refused(ExitCodes.BadInput, "gc", "--server", _server.Address).ShouldContain("works on this machine only");
        Refused(ExitCodes.BadInput, "list", "--store", "x", "--server", _server.Address).ShouldContain("exclude each other");
        Refused(ExitCodes.BadInput, "nodes").ShouldContain("$ADVFIT_SERVER");
        Refused(ExitCodes.StoreTrouble, "list", "--server", "http://127.0.0.1:1").ShouldContain("cannot be reached");
        Run(["pause", "--server", _server.Address], token: "wrong").Error.ShouldContain("The token is not that of this server");
        Run(["cancel", "--server", _server.Address], token: null).Error.ShouldContain("$ADVFIT_TOKEN");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private string Refused(int code, params string[] arguments)
    {
        var ended = Run(arguments);
        ended.Code.ShouldBe(code);
        return ended.Error.ReplaceLineEndings(" ");
    }

    private (int Code, string Output, string Error) Run(string[] arguments, string? token = TestServer.Token) =>
        Advfit.Run(Path.GetDirectoryName(_server.Store)!, arguments, token);

    private Process Start(string[] arguments, string? token) => Advfit.Start(Path.GetDirectoryName(_server.Store)!, arguments, token);
}
