// One application with a redirect URI for each of its environments.
package main

import (
	"fmt"

	"github.com/pulumi-psc/pulumi-psc/sdk/go/psc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var hosts = []string{"portal.exemplo.gov.br", "homologacao.portal.exemplo.gov.br"}

func main() {
	pulumi.Run(declare)
}

func declare(ctx *pulumi.Context) error {
	callbacks := make([]string, len(hosts))
	for i, host := range hosts {
		callbacks[i] = fmt.Sprintf("https://%s/callback", host)
	}
	portal, err := psc.NewClient(ctx, "portal-neoid", &psc.ClientArgs{
		Psc:          pulumi.String("neoid"),
		ClientId:     pulumi.String("64e587fa-4f30-487d-96f0-44e6b14ff620"),
		ClientSecret: psc.SecretReferenceArgs{Env: pulumi.String("PORTAL_NEOID_SECRET")},
		Name:         pulumi.String("Portal do Cidadão"),
		Comments:     pulumi.String("Assinatura de requerimentos"),
		Email:        pulumi.String("suporte@exemplo.gov.br"),
		RedirectUris: pulumi.ToStringArray(callbacks),
		Certificate:  psc.CertificateArgs{Hosts: pulumi.ToStringArray(hosts)},
	})
	if err != nil {
		return err
	}
	ctx.Export("registeredAt", portal.BaseUrl)
	return nil
}
