using System.Text.Json;
using AdvFit.Messages.Json;

namespace AdvFit.Cli;

/// <summary>Writes JSON for programs to standard output.</summary>
internal static class JsonOutput
{
    public static void Write(Action<Utf8JsonWriter> writeMembers) => Write(IndentedJson.Write(writeMembers));

    public static void Write(byte[] json)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(json);
    }
}
