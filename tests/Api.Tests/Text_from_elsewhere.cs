using System.Text;
using System.Text.Json;
using AdvFit.Cli;
using AdvFit.Messages.Text;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Tests;

/// <summary>What a server or a spec says reaches the terminal as text, and never as something to obey.</summary>
public sealed class Text_from_elsewhere
{
    /// <summary>It would clear the screen, set a title, end lines, colour and turn round what follows.</summary>
    private const string Evil = "a\u001b[2J\u001b]0;t\u0007\0b\r\nFAKE\u009b31m\u202e\u2066\u200f\u0085\u2028\u007fz";

    private const string Tamed = "a␛[2J␛]0;t␇␀b␍␊FAKE�31m�����␡z";

    [Fact]
    public void It_is_shown_with_what_would_be_obeyed_as_pictures()
    {
        VisibleText.Line(Evil).ShouldBe(Tamed);
        VisibleText.Lines("a\tb\nc\r\n").ShouldBe("a\tb\nc␍\n");
        VisibleText.Line("Größe 日本 😀 é").ShouldBe("Größe 日本 😀 é");
        VisibleText.Line("\ud800").ShouldBe("�");
        using var written = new StringWriter { NewLine = "\n" };
        using var writer = new VisibleTextWriter(written);
        writer.Write(Evil);
        writer.Write('\u001b');
        writer.WriteLine("😀");
        foreach (var letter in "😀")
        {
            writer.Write(letter);
        }

        written.ToString().ShouldBe(Tamed.Replace("␊", "\n", StringComparison.Ordinal) + "␛😀\n😀");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("status")]
    public async Task A_list_has_a_line_for_each_sweep_whatever_it_is_called(string command)
    {
        await using var server = await FaultyServer.StartAsync(context => context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            sweeps = new[]
            {
                new { id = Evil, name = Evil, state = "running", completed = 1, failed = 0, total = 2, created = Some.Time, updated = Some.Time },
            },
        })));

        var (code, output, _) = Advfit.Run(Path.GetTempPath(), [command, "--server", server.Address]);

        code.ShouldBe(ExitCodes.Done);
        ShouldBeTame(output);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        output.ShouldContain(Tamed);
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("list")]
    [InlineData("nodes", "--json")]
    public async Task So_has_an_error(params string[] command)
    {
        await using var server = await FaultyServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { error = Evil }));
        });

        var (code, _, error) = Advfit.Run(Path.GetTempPath(), [.. command, "--server", server.Address]);

        code.ShouldBe(ExitCodes.BadInput);
        ShouldBeTame(error);
        error.ShouldBe($"error: {Tamed}\n");
    }

    [Fact]
    public async Task A_sweep_by_an_impossible_id_is_not_followed()
    {
        await using var server = await FaultyServer.StartAsync(context => context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            sweeps = new[]
            {
                new { id = Evil, name = Evil, state = "running", completed = 1, failed = 0, total = 2, created = Some.Time, updated = Some.Time },
            },
        })));

        var (code, _, error) = Advfit.Run(Path.GetTempPath(), ["watch", "--server", server.Address]);

        code.ShouldBe(ExitCodes.StoreTrouble);
        ShouldBeTame(error);
        error.ShouldContain("is no AdvFit server");
    }

    [Fact]
    public async Task Who_watches_a_sweep_sees_a_line_for_each_failure()
    {
        await using var server = await TestServer.StartAsync();
        using var held = new Gate();
        server.Service.Before = stage =>
        {
            if (stage == "2: fgsm")
            {
                held.Wait();
                throw new Experiments.ExperimentException(Evil);
            }
        };
        await server.PostAsync("sweeps", TestServer.Spec);
        using var watch = Advfit.Start(Path.GetTempPath(), ["watch", "--plain", "--server", server.Address]);
        var output = new StringBuilder();
        while (await watch.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Append(line).Append('\n');
            held.Open();
        }

        await watch.WaitForExitAsync();
        ShouldBeTame(output.ToString());
        output.ToString().Split('\n').ShouldContain(line => line.StartsWith("shuffle 2", StringComparison.Ordinal) && line.Contains(Tamed));
        ShouldBeTame(Advfit.Run(Path.GetTempPath(), ["show", "--server", server.Address]).Output);
    }

    private static void ShouldBeTame(string text)
    {
        text.ShouldAllBe(letter => letter == '\n' || (!char.IsControl(letter) && !"\u202e\u2066\u200f\u2028".Contains(letter)));
        text.Split('\n').ShouldAllBe(line => !line.StartsWith("FAKE", StringComparison.Ordinal));
    }
}
