using System.Diagnostics;

namespace AdvFit.Cluster;

/// <summary>PostgreSQL's own programs, as Debian installs them. They refuse to be root, so root runs them as its user.</summary>
internal static class PostgresPrograms
{
    /// <summary>Lets the server own a folder.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static void GiveFolder(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            RunToEnd("chown", "postgres", folder);
        }
    }

    /// <summary>Runs a program of the newest version that is installed.</summary>
    /// <exception cref="InvalidOperationException">It ends with an error.</exception>
    public static void Run(string name, params string[] arguments)
    {
        var path = Directory.EnumerateFiles("/usr/lib/postgresql", name, SearchOption.AllDirectories).Order().Last();
        if (Environment.IsPrivilegedProcess)
        {
            RunToEnd("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            RunToEnd(path, arguments);
        }
    }

    private static void RunToEnd(string program, params string[] arguments)
    {
        // What it prints it may keep open for ever: a server inherits it.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
