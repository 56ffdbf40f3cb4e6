"""One application with a redirect URI for each of its environments."""

import pulumi
import pulumi_psc as psc

environments = ["portal", "homologacao.portal"]

portal = psc.Client(
    "portal-neoid",
    psc="neoid",
    client_id="64e587fa-4f30-487d-96f0-44e6b14ff620",
    client_secret=psc.SecretReferenceArgs(env="PORTAL_NEOID_SECRET"),
    name="Portal do Cidadão",
    comments="Assinatura de requerimentos",
    email="suporte@exemplo.gov.br",
    redirect_uris=[f"https://{name}.exemplo.gov.br/callback" for name in environments],
    certificate=psc.CertificateArgs(
        hosts=["portal.exemplo.gov.br", "homologacao.portal.exemplo.gov.br"]
    ),
)

pulumi.export("registeredAt", portal.base_url)
