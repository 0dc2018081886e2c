using System.Net;
using AdvFit.Api.Http;

namespace AdvFit.Api.Tests;

/// <summary>This machine may look, and whoever shows the token may do everything.</summary>
public sealed class Who_may_ask_what : IAsyncLifetime
{
    private const string Elsewhere = "10.1.2.3";

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("2001:db8::1", false)]
    public async Task Only_this_machine_looks_without_a_token(string peer, bool isAdmitted)
    {
        (await Get(peer, null)).ShouldBe(isAdmitted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        (await Get(peer, TestServer.Token)).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A reverse proxy on the same machine asks for whom it likes.</summary>
    [Theory]
    [InlineData("Forwarded", "for=10.1.2.3")]
    [InlineData("X-Forwarded-For", "10.1.2.3")]
    [InlineData("x-forwarded-for", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "sweeps.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "10.1.2.3")]
    public async Task What_a_proxy_passes_on_takes_the_token(string header, string value)
    {
        (await _server.SendAsync(HttpMethod.Get, "sweeps", null, null, (header, value)).Status()).ShouldBe(HttpStatusCode.Unauthorized);
        (await _server.SendAsync(HttpMethod.Get, "sweeps", null, TestServer.Token, (header, value)).Status()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_setting_has_this_machine_show_the_token_too()
    {
        await using var strict = await TestServer.StartAsync(TestServer.Token, TimeProvider.System, tokenForReading: true);
        await using var closed = await TestServer.StartAsync(null, TimeProvider.System, tokenForReading: true);

        (await strict.SendAsync(HttpMethod.Get, "sweeps", null, token: null).Status()).ShouldBe(HttpStatusCode.Unauthorized);
        (await strict.SendAsync(HttpMethod.Get, "sweeps").Status()).ShouldBe(HttpStatusCode.OK);
        (await closed.SendAsync(HttpMethod.Get, "sweeps", null, token: null).Status()).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("a-secret-of-test")]
    [InlineData("a-secret-of-testss")]
    [InlineData("A-SECRET-OF-TESTS")]
    [InlineData(" ")]
    public async Task A_wrong_token_is_refused_even_where_none_is_needed(string token)
    {
        (await Get(Elsewhere, token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Get("127.0.0.1", token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("POST", "sweeps")]
    [InlineData("POST", "sweeps/small-00000000/pause")]
    [InlineData("POST", "sweeps/small-00000000/resume")]
    [InlineData("POST", "sweeps/small-00000000/cancel")]
    [InlineData("POST", "sweeps/small-00000000/rerun")]
    [InlineData("POST", "sweeps/small-00000000/import")]
    [InlineData("PUT", "sweeps/small-00000000/artifacts/a-000000000000.npy")]
    [InlineData("DELETE", "sweeps/small-00000000")]
    [InlineData("DELETE", "sweeps")]
    public async Task Whatever_may_change_something_takes_the_token_here_too(string method, string path)
    {
        using var answer = await _server.SendAsync(new HttpMethod(method), path, [], token: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
        (await _server.SendAsync(new HttpMethod(method), path, [], "wrong").Status()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_a_configured_token_it_is_said_which_setting_is_missing()
    {
        await using var open = await TestServer.StartAsync(token: null);

        (await open.PostAsync("sweeps", TestServer.Spec).Refused(HttpStatusCode.Forbidden)).ShouldContain("AdvFit__Http__Token");
        (await open.SendAsync(HttpMethod.Get, "sweeps", null, TestServer.Token, (TestServer.PeerHeader, Elsewhere)).Status())
            .ShouldBe(HttpStatusCode.Forbidden);
        (await open.SendAsync(HttpMethod.Get, "sweeps", null, token: null).Status()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_read_along_on_this_machine()
    {
        (await _server.SendAsync(HttpMethod.Get, "sweeps", null, null, ("Host", "evil.example")).Status()).ShouldBe(HttpStatusCode.Unauthorized);
        (await _server.SendAsync(HttpMethod.Get, "sweeps", null, null, ("Origin", "http://evil.example")).Status())
            .ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task No_answer_is_kept_by_caches()
    {
        using var answer = await _server.SendAsync(HttpMethod.Get, "sweeps");

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public void New_tokens_are_not_guessed() =>
        Enumerable.Range(0, 100).Select(_ => BearerToken.New()).Distinct().Count(token => token.Length == 32).ShouldBe(100);

    private Task<HttpStatusCode> Get(string peer, string? token) =>
        _server.SendAsync(HttpMethod.Get, "sweeps", null, token, (TestServer.PeerHeader, peer)).Status();
}
