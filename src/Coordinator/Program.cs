using Akka.Actor;
using Akka.Hosting;
using AdvFit.Actors;
using AdvFit.Actors.Health;
using AdvFit.Api;
using AdvFit.Api.Http;
using AdvFit.Api.Palette;
using AdvFit.Coordinator;
using AdvFit.Coordinator.Journal;
using AdvFit.Coordinator.Pbm;
using AdvFit.Learning.Data;
using AdvFit.Sweeps.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

return await Startup.Run(args, builder =>
{
    var membership = Startup.Settings<MembershipSettings>(builder.Configuration, "AdvFit:Cluster");
    var journal = Startup.Settings<JournalSettings>(builder.Configuration, "AdvFit:Journal");
    var http = Startup.Settings<HttpSettings>(builder.Configuration, "AdvFit:Http");
    var pbm = Startup.Settings<PbmSettings>(builder.Configuration, "AdvFit:Pbm");
    var artifacts = Startup.Folder(builder.Configuration, "AdvFit:Artifacts");
    var data = DatasetFolders.Locate(builder.Configuration["AdvFit:Data"]);
    data = data with { Within = [data.Root, .. Startup.Settings<List<string>>(builder.Configuration, "AdvFit:DataWithin")] };
    var program = ProgramVersion.Of(typeof(ClusterSweepService).Assembly);
    var patience = TimeSpan.FromSeconds(20);

    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = patience + TimeSpan.FromSeconds(10));
    builder.Services.AddSingleton<ISweepService>(services => new ClusterSweepService(
        services.GetRequiredService<ActorSystem>, artifacts, data, journal));
    builder.Services.AddAkka(membership.Name, (akka, services) => akka
        .WithPbm(pbm, new SweepPalette(services.GetRequiredService<ISweepService>()))
        .WithCoordinator(membership, journal, patience, slots => ThisMachine.Session(program, slots)));
    builder.Services.AddSingleton(services => new ProcessHealth(
        services.GetRequiredService<ActorSystem>, membership.MajorityOfCoordinators, cancel => JournalHealth.WhyAway(journal, cancel)));
    builder.Services.AddHostedService(services => services.GetRequiredService<ProcessHealth>());
    builder.WebHost.ConfigureKestrel(ApiLimits.Apply).UseUrls($"http://{http.Address}:{http.Port}");

    var app = builder.Build();
    app.MapSweeps(app.Services.GetRequiredService<ISweepService>(), new ApiSettings(http.Token) { TokenForReading = http.TokenForReading });
    var health = app.Services.GetRequiredService<ProcessHealth>();
    app.MapHealth(() => health.History, () => ProcessHealth.Now);
    return app;
});
