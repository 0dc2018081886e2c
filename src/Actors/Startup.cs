using AdvFit.Messages.Text;
using AdvFit.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AdvFit.Actors;

/// <summary>Runs the programs of the cluster, and turns failures into exit codes.</summary>
public static class Startup
{
    private const int BadInput = 2;
    private const int Fault = 4;

    /// <summary>Runs a program until it is told to stop.</summary>
    /// <param name="args">The command line: settings as <c>--AdvFit:Http:Port=8080</c>.</param>
    /// <param name="build">Builds the program. Its settings are in <c>appsettings.json</c> beside it and in the environment.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, Func<WebApplicationBuilder, WebApplication> build)
    {
        // What others send may be logged.
        VisibleTextWriter.GuardConsole();
        try
        {
            var builder = WebApplication.CreateSlimBuilder(
                new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.AddSimpleConsole(console =>
                (console.SingleLine, console.TimestampFormat, console.ColorBehavior) =
                    (true, "HH:mm:ss.fff ", LoggerColorBehavior.Disabled));
            await using var app = build(builder);
            await app.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (SweepException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return BadInput;
        }
        catch (InvalidOperationException error) when (error.Source?.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true)
        {
            await Console.Error.WriteLineAsync($"error: The settings cannot be read: {error.Message}").ConfigureAwait(false);
            return BadInput;
        }
        catch (IOException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return Fault;
        }
    }

    /// <summary>Reads a section of the settings.</summary>
    /// <typeparam name="T">The record that it is bound to.</typeparam>
    /// <exception cref="InvalidOperationException">A value is not of its type, or a setting is unknown. The message names it.</exception>
    public static T Settings<T>(IConfiguration configuration, string section)
        where T : new() => configuration.GetSection(section).Get<T>(options => options.ErrorOnUnknownConfiguration = true) ?? new T();

    /// <summary>A folder that the settings have to name.</summary>
    /// <exception cref="SweepException">They do not.</exception>
    public static string Folder(IConfiguration configuration, string setting) => configuration[setting] is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : throw new SweepException($"{setting} names no folder; set it in appsettings.json or by ${setting.Replace(":", "__")}.");
}
