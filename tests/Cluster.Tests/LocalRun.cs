using System.Diagnostics;

namespace AdvFit.Cluster.Tests;

/// <summary>A sweep as one process on one machine does it: what the cluster is compared with.</summary>
internal static class LocalRun
{
    /// <summary>Its results in JSON. What the store of $ADVFIT_STORE has done already is not done again.</summary>
    public static byte[] Results(string spec)
    {
        var folder = Directory.CreateTempSubdirectory("advfit-local-").FullName;
        try
        {
            var (path, store) = (Path.Combine(folder, "spec.yaml"), Environment.GetEnvironmentVariable("ADVFIT_STORE") ?? folder);
            File.WriteAllText(path, spec);
            Cli("run", path, "--plain", "--store", store);
            return Cli("results", path, "--json", "--store", store);
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
