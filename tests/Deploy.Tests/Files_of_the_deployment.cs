using System.Runtime.Versioning;

namespace AdvFit.Deploy.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class Files_of_the_deployment
{
    public static TheoryData<string> Scripts => [.. Directory
        .EnumerateFiles(Repository.PathOf("deploy"), "*.sh", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Scripts))]
    public void Scripts_are_bash_that_stops_at_the_first_error(string script)
    {
        var path = Repository.PathOf(script);
        Command.Run("bash", "bash", "-n", path).ShouldBeEmpty();
        var lines = File.ReadAllLines(path);
        lines[0].ShouldBe("#!/usr/bin/env bash");
        lines.ShouldContain("set -euo pipefail");
        File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }

    [Theory]
    [InlineData("src/Coordinator/appsettings.json")]
    [InlineData("src/GpuNode/appsettings.json")]
    public void Every_setting_is_described(string file)
    {
        var rows = File.ReadLines(Repository.PathOf("docs/cluster.md"))
            .Where(line => line.StartsWith("| `AdvFit:", StringComparison.Ordinal)).ToList();
        foreach (var name in Settings.In(file).Names().Where(name => name.StartsWith("AdvFit__", StringComparison.Ordinal)))
        {
            var path = name.Replace(Settings.Separator, ":", StringComparison.Ordinal);
            var (section, setting) = (path[..path.LastIndexOf(':')], path[path.LastIndexOf(':')..]);
            rows.ShouldContain(
                row => row.Contains($"`{section}:", StringComparison.Ordinal) && row.Contains($"{setting}`", StringComparison.Ordinal), name);
        }
    }

    [Theory]
    [InlineData("src/Coordinator/appsettings.json")]
    [InlineData("src/GpuNode/appsettings.json")]
    public void Settings_in_files_listen_on_loopback_only_and_hold_no_secret(string path)
    {
        var settings = Settings.In(path);
        foreach (var name in settings.Names())
        {
            if (name.EndsWith("Token", StringComparison.Ordinal) || name.EndsWith("Password", StringComparison.Ordinal)
                || name.EndsWith("ConnectionString", StringComparison.Ordinal))
            {
                settings.Default(name).ShouldBeNull(name);
            }

            if (name.EndsWith("__Address", StringComparison.Ordinal) || name.EndsWith("__Hostname", StringComparison.Ordinal))
            {
                settings.Default(name).ShouldBe("127.0.0.1", name);
            }
        }
    }
}
