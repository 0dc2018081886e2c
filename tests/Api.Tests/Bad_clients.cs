using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AdvFit.Api.Http;

namespace AdvFit.Api.Tests;

/// <summary>What is too much or makes no sense is refused, and the server goes on.</summary>
public sealed class Bad_clients : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync()
    {
        (await _server.SendAsync(HttpMethod.Get, "sweeps").Status()).ShouldBe(HttpStatusCode.OK);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        var body = new byte[ApiLimits.Body + 1];
        using var declared = new HttpRequestMessage(HttpMethod.Post, "sweeps") { Content = new ByteArrayContent(body) };
        declared.Headers.ExpectContinue = true;
        declared.Headers.Authorization = new("Bearer", TestServer.Token);
        (await _server.Http.SendAsync(declared).Refused(HttpStatusCode.RequestEntityTooLarge)).ShouldContain("1048576");

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "sweeps") { Content = new ByteArrayContent(body) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Authorization = new("Bearer", TestServer.Token);
        (await _server.Http.SendAsync(chunked).Refused(HttpStatusCode.RequestEntityTooLarge)).ShouldContain("1048576");
    }

    [Theory]
    [InlineData("sweeps?after=1", "no parameter `after`")]
    [InlineData("sweeps/{id}/events?afer=1", "no parameter `afer`")]
    [InlineData("sweeps/{id}/events?after=-1", "`after` must be a whole number")]
    [InlineData("sweeps/{id}/events?after=1&after=2", "given twice")]
    [InlineData("sweeps/{id}/events?brief=yes", "`brief` must be true or false")]
    [InlineData("sweeps/{id}/events?brief=true&shuffle=1", "not for both")]
    [InlineData("sweeps/{id}/events?fact=nonsense.1", "no facts `nonsense.1`")]
    [InlineData("sweeps/{id}/events?shuffle=0", "`shuffle` must be a whole number")]
    public async Task Parameters_that_make_no_sense_are_refused(string path, string sentence)
    {
        var id = await _server.RunAsync();

        (await _server.SendAsync(HttpMethod.Get, path.Replace("{id}", id, StringComparison.Ordinal)).Refused(HttpStatusCode.BadRequest))
            .ShouldContain(sentence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"shuffles": null, "only_failed": false, "stage": null, "more": 1}""")]
    [InlineData("""{"shuffles": null, "only_failed": false}""")]
    [InlineData("""{"shuffles": ["1"], "only_failed": false, "stage": null}""")]
    public async Task A_rerun_says_all_that_it_has_to_and_nothing_else(string body)
    {
        var id = await _server.RunAsync();

        (await _server.PostAsync($"sweeps/{id}/rerun", body).Refused(HttpStatusCode.BadRequest)).ShouldContain("only_failed");
    }

    [Fact]
    public async Task A_spec_nested_without_end_is_a_problem_and_no_stack_overflow()
    {
        (await _server.PostAsync("sweeps", new string('[', ApiLimits.Body)).Refused(HttpStatusCode.BadRequest)).ShouldContain("not sound");
        (await _server.PostAsync("sweeps", "\0\u0001").Refused(HttpStatusCode.BadRequest)).ShouldContain("not sound");
    }

    [Theory]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003")]
    [InlineData("POST /api/v1/sweeps HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /api/v1/sweeps HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n")]
    [InlineData("GET /api/v1/sweeps HTTP/1.1\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Malformed_requests_end_the_connection(string request)
    {
        var answer = await RawAsync(Encoding.Latin1.GetBytes(request));

        answer.ShouldNotContain(" 200 ");
        answer.ShouldMatch("^(|HTTP/1.1 (400|401|505).*)$");
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        var headers = string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: x\r\n"));

        // The answer is lost where the connection ends before the rest is read.
        (await RawAsync(Encoding.Latin1.GetBytes($"GET /api/v1/sweeps HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")))
            .ShouldMatch("^(|HTTP/1.1 431.*)$");
        (await RawAsync(Encoding.Latin1.GetBytes($"GET /{new string('x', 5000)} HTTP/1.1\r\nHost: localhost\r\n\r\n")))
            .ShouldMatch("^(|HTTP/1.1 414.*)$");
    }

    [Theory]
    [InlineData("..%2f..%2fjournal-000000000000.db")]
    [InlineData("../../journal-000000000000.db")]
    [InlineData("%2e%2e/%2e%2e/journal-000000000000.db")]
    [InlineData("/etc/passwd-000000000000.x")]
    [InlineData(".partial/a-000000000000.npy")]
    [InlineData("a-111111111111.npy")]
    [InlineData("")]
    public async Task Files_lead_nowhere_but_to_the_sweeps_own(string path)
    {
        var id = await _server.RunAsync();
        var hash = new string('0', 64);

        (await _server.SendAsync(HttpMethod.Get, $"sweeps/{id}/artifacts/{path}?sha256={hash}").Status())
            .ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        (await _server.SendAsync(HttpMethod.Put, $"sweeps/new-00000000/artifacts/{path}?sha256={hash}", [1]).Status())
            .ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        Directory.Exists(Path.Combine(_server.Store, "sweeps", "new-00000000")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_is_taken_only_whole_and_for_a_sweep_that_is_not_there()
    {
        var id = await _server.RunAsync();
        var contents = "contents"u8.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(contents));
        var file = $"artifacts/shuffle-01/x-{hash[..12]}.npy?sha256={hash}";

        (await _server.SendAsync(HttpMethod.Put, $"sweeps/{id}/{file}", contents).Refused(HttpStatusCode.Conflict)).ShouldContain("already");
        (await _server.SendAsync(HttpMethod.Put, $"sweeps/new-00000000/{file}", [1]).Refused(HttpStatusCode.BadRequest)).ShouldContain("send it again");
        (await _server.SendAsync(HttpMethod.Put, $"sweeps/NEW/{file}", contents).Refused(HttpStatusCode.BadRequest)).ShouldContain("no id");
        var stored = Path.Combine(_server.Store, "sweeps", "new-00000000", "shuffle-01");
        Directory.EnumerateFileSystemEntries(stored).ShouldBeEmpty();

        (await _server.SendAsync(HttpMethod.Put, $"sweeps/new-00000000/{file}", contents).Status()).ShouldBe(HttpStatusCode.NoContent);
        File.ReadAllBytes(Path.Combine(stored, $"x-{hash[..12]}.npy")).ShouldBe(contents);
    }

    [Fact]
    public async Task A_damaged_file_is_not_sent()
    {
        var id = await _server.RunAsync();
        var path = Directory.EnumerateFiles(Path.Combine(_server.Store, "sweeps", id), "*.npy", SearchOption.AllDirectories).First();
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        var request = $"sweeps/{id}/artifacts/{Path.GetRelativePath(Path.Combine(_server.Store, "sweeps", id), path)}?sha256={hash}";
        (await _server.Http.GetByteArrayAsync(request)).ShouldBe(File.ReadAllBytes(path));

        File.AppendAllText(path, "damage");

        (await _server.SendAsync(HttpMethod.Get, request).Refused(HttpStatusCode.NotFound)).ShouldContain("missing or damaged");
    }

    [Fact]
    public async Task Imports_are_checked_before_anything_is_recorded()
    {
        var id = await _server.RunAsync();
        var events = await _server.Http.GetStringAsync($"sweeps/{id}/events");
        await using var other = await TestServer.StartAsync();
        var lines = events.Split('\n');

        (await _server.PostAsync($"sweeps/{id}/import", events).Refused(HttpStatusCode.Conflict)).ShouldContain("already");
        (await Refused(events)).ShouldContain("is not here; send it before");
        (await Refused("", HttpStatusCode.BadRequest)).ShouldContain("missing");
        (await Refused(events[..^5], HttpStatusCode.BadRequest)).ShouldContain("cut off");
        (await Refused(lines[0] + "\n" + string.Join('\n', lines[2..]), HttpStatusCode.BadRequest)).ShouldContain("Event 2 cannot be understood: its number is 3");
        (await Refused(lines[0] + "\n{}\n", HttpStatusCode.BadRequest)).ShouldContain("Event 2 cannot be understood");
        (await Refused(lines[1].Replace("\"number\":2", "\"number\":1", StringComparison.Ordinal) + "\n", HttpStatusCode.BadRequest)).ShouldContain("contradicts");
        (await Refused($"{{\"number\":1,\"pad\":\"{new string('x', ApiLimits.Body)}\"}}\n", HttpStatusCode.RequestEntityTooLarge)).ShouldContain("1048576");
        (await other.PostAsync("sweeps/other-00000000/import", lines[0] + "\n").Refused(HttpStatusCode.BadRequest)).ShouldContain("not of other-00000000");
        (await other.Service.Sweeps(default)).ShouldBeEmpty();

        Task<string> Refused(string body, HttpStatusCode status = HttpStatusCode.Conflict) =>
            other.PostAsync($"sweeps/{id}/import", body).Refused(status);
    }

    /// <summary>Sends bytes, says that these are all, and reads what comes until the server ends the connection.</summary>
    private async Task<string> RawAsync(byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_server.Address).Port);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // The server need not read all of it before it ends the connection.
        }

        return Encoding.Latin1.GetString(answer.ToArray()).Split("\r\n")[0];
    }
}
