using System.Text;
using AdvFit.Api.Client;
using AdvFit.Messages;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Tests;

/// <summary>What a server sends takes a bounded amount of the client's memory and time, whatever it is.</summary>
public sealed class Hostile_servers
{
    private static readonly byte[] Blanks = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));

    [Theory]
    [InlineData(200)]
    [InlineData(409)]
    [InlineData(503)]
    public async Task An_answer_without_an_end_is_given_up_with_a_sentence(int status)
    {
        await using var server = await FaultyServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return FaultyServer.SendForEver(context.Response, Blanks);
        });
        using var remote = Remote(server);

        Should.Throw<ServerException>(() => remote.List()).Message.ShouldContain("of another version: it answers with more than");
    }

    [Fact]
    public async Task So_are_a_line_and_a_file_without_an_end()
    {
        await using var server = await FaultyServer.StartAsync(context => FaultyServer.SendForEver(context.Response, Blanks));
        using var remote = Remote(server);

        Should.Throw<ServerException>(() => remote.Journal.Read("small-00000000").ToList())
            .Message.ShouldContain("after event 0 a line has more than");
        var file = new Artifact("a.bin", new string('0', 64), 10);
        Should.Throw<ServerException>(() => remote.ArtifactsOf("small-00000000").TryRead(file, out _))
            .Message.ShouldContain("more than the 10 bytes");
    }

    [Fact]
    public async Task An_answer_that_does_not_begin_is_given_up_with_a_sentence()
    {
        await using var server = await FaultyServer.StartAsync(FaultyServer.Hang);
        using var remote = Remote(server, answerPatience: 0.2);

        Should.Throw<ServerException>(() => remote.List()).Message.ShouldContain("did not answer within 0.2 seconds");
    }

    [Fact]
    public async Task So_is_one_that_stands_still()
    {
        await using var server = await FaultyServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await FaultyServer.Hang(context);
        });
        using var remote = Remote(server, idlePatience: 0.2);

        Should.Throw<ServerException>(() => remote.List()).Message.ShouldContain("was cut (nothing comes any more)");
        Should.Throw<ServerException>(() => remote.Journal.Read("small-00000000").ToList()).Message.ShouldContain("was cut after event 0");
    }

    private static RemoteSweeps Remote(FaultyServer server, double answerPatience = 60, double idlePatience = 60) => new(new ApiClient(
        ServerAddresses.Parse(server.Address)!, null, new HastyClock(), _ => { })
    {
        AnswerPatience = TimeSpan.FromSeconds(answerPatience),
        IdlePatience = TimeSpan.FromSeconds(idlePatience),
    });
}
