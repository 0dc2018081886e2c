using System.Runtime.Versioning;

namespace AdvFit.Deploy.Tests;

/// <summary>What deploy/local/up.sh starts is started again when it dies, until the cluster is stopped.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class Local_processes_are_started_again : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("advfit-local-").FullName;

    public Local_processes_are_started_again()
    {
        var dotnet = Path.Combine(_folder, "dotnet");
        File.WriteAllText(dotnet, "#!/bin/bash\ntrap exit TERM\nwhile :; do sleep 0.1; done\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_that_is_killed_is_there_again_and_none_once_all_are_stopped() => Run(
        """
        touch "$(kept)"
        start_process coordinator-0 Coordinator
        first=$(cat "$pids/coordinator-0")
        kill -KILL "$first"
        until is_running coordinator-0 && [ "$(cat "$pids/coordinator-0")" != "$first" ]; do sleep 0.1; done
        second=$(cat "$pids/coordinator-0")
        stop_cluster
        [ ! -e "/proc/$second" ] || grep -q '^State:.Z' "/proc/$second/status"
        ! is_up
        wait
        ! is_up
        """);

    [Fact]
    public void One_that_cannot_start_is_left_for_the_user_to_see() => Run(
        """
        start_process node-0 GpuNode
        kill -KILL "$(cat "$pids/node-0")"
        wait
        ! grep 'started again' "$logs/node-0.log"
        """);

    private void Run(string story)
    {
        var script = Path.Combine(_folder, "story.sh");
        File.WriteAllText(script, $$"""
            set -euo pipefail
            source {{Repository.PathOf("deploy/local/cluster.sh")}}
            state={{_folder}} logs={{_folder}} pids={{_folder}}/pids database={{_folder}}/none PATH={{_folder}}:$PATH
            mkdir "$pids"
            disown() { :; } # So that it can be waited for who starts them again.
            {{story}}
            """);
        Command.Run("timeout", "coreutils", "300", "bash", script).ShouldBeEmpty();
    }
}
