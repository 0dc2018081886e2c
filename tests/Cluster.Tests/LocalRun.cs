using System.Diagnostics;

namespace AdvFit.Cluster.Tests;

/// <summary>A sweep as one process on one machine does it: what the cluster is compared with.</summary>
internal static class LocalRun
{
    /// <summary>Its results in JSON.</summary>
    public static byte[] Results(string spec)
    {
        var folder = Directory.CreateTempSubdirectory("advfit-local-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "spec.yaml"), spec);
            Cli("run", Path.Combine(folder, "spec.yaml"), "--plain", "--store", folder);
            return Cli("results", "--json", "--store", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the program to a good end.</summary>
    public static byte[] Cli(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Built.Cli, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["ADVFIT_TOKEN"] = TestCluster.Token;
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output.ToArray();
    }
}
